import { WebSocket } from 'ws';

// supabase-js refuses to start on Node 20, which has no WebSocket of its own.
if (!('WebSocket' in globalThis)) Object.assign(globalThis, { WebSocket });
