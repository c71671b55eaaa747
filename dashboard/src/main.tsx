import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createAppRouter } from './app/router.tsx';
import { ConfigProvider } from './app/config-context.tsx';
import { followSession } from './app/follow-session.ts';
import { StartFailure } from './app/StartFailure.tsx';
import { readConfig } from './data/config.ts';
import { createQueryClient } from './data/query-client.ts';
import { watchSession } from './data/session.ts';
import { connect } from './data/supabase.ts';
import './styles.css';

const root = createRoot(document.getElementById('root')!);

try {
  const config = await readConfig();
  connect(config);
  await watchSession();
  const queryClient = createQueryClient();
  const router = createAppRouter(queryClient);
  followSession(router, queryClient);
  root.render(
    <ConfigProvider value={config}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>,
  );
} catch (error) {
  root.render(<StartFailure error={error} />);
}
