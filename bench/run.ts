// `npm run bench -- <name>`: benchmarks with their method, machine and baseline; see each file.
import { cpus, totalmem } from 'node:os';
import process from 'node:process';

const benchmarks: Record<string, () => Promise<void>> = {
  recovery: async () => await (await import('./recovery.ts')).benchRecovery(),
  projection: async () => await (await import('./projection.ts')).benchProjection(),
  projectors: async () => await (await import('./projectors.ts')).benchProjectors(),
  'held-snapshot': async () => void await (await import('./held-snapshot.ts')).benchHeldSnapshot(),
  move: async () => await (await import('./move.ts')).benchMove(),
  'processor-time': async () => await (await import('./processor-time.ts')).benchProcessorTime(),
  statements: async () => await (await import('./statements.ts')).benchStatements(),
  export: async () => await (await import('./export.ts')).benchExport(),
  import: async () => await (await import('./import.ts')).benchImport(),
  sync: async () => await (await import('./sync.ts')).benchSync(),
  ingest: async () => await (await import('./ingest.ts')).benchIngest(),
  flood: async () => await (await import('./flood.ts')).benchFlood(),
  storage: async () => await (await import('./storage.ts')).benchStorage(),
  archive: async () => await (await import('./archive.ts')).benchArchive(),
  rebuild: async () => await (await import('./rebuild.ts')).benchRebuild(),
  search: async () => await (await import('./search.ts')).benchSearch(),
  dashboard: async () => await (await import('./dashboard.ts')).benchDashboard(),
  billion: async () => await (await import('./dashboard-billion.ts')).benchBillion(),
};

const name = process.argv[2] ?? '';
const benchmark = benchmarks[name];
if (!benchmark) {
  console.error(`There is no benchmark "${name}"; choose one of: ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 1;
} else {
  const [cpu] = cpus();
  console.log(
    `Machine: ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${
      Math.round(totalmem() / 2 ** 30)
    } GiB, Node ${process.versions.node}`,
  );
  await benchmark();
}
