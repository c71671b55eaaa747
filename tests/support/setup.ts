import { WebSocket } from 'ws';

// supabase-js refuses to start on Node 20, which has no WebSocket of its own.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
