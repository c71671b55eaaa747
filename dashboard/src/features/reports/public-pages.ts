// Pages without a sign-in, behind one import: what each of them loads is not listed in the first load.
import { lazy, type ReactNode } from 'react';

export { StopReportsPage } from './StopReportsPage.tsx';
export const SharedReportPage = lazy<() => ReactNode>(async () => ({
  default: (await import('./SharedReportPage.tsx')).SharedReportPage,
}));
