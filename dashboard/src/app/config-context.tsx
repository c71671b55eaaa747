import { createContext, useContext } from 'react';
import type { Config } from '../data/config.ts';

const context = createContext<Config | null>(null);

export const ConfigProvider = context.Provider;

export function useConfig(): Config {
  const config = useContext(context);
  if (!config) throw new Error('ConfigProvider is missing');
  return config;
}
