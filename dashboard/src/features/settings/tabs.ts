export const settingsTabs = ['connections', 'clients', 'costs', 'people'] as const;
export type SettingsTab = typeof settingsTabs[number];
