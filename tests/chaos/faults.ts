// What goes wrong beside the kills: slow and half-open providers, and a disk that is full.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestFault } from '../../simulators/shared/faults.ts';
import type { Lap } from './flow.ts';
import type { World } from './world.ts';

/** After this every write that needs space fails as it does on a full disk, in every table, as long as the switch says so. */
export async function prepareFullDisk(world: World): Promise<void> {
  await world.project.sql(`
    create schema chaos;
    create table chaos.disk (is_full boolean not null);
    insert into chaos.disk values (false);
    create function chaos.write() returns trigger language plpgsql security definer set search_path = '' as $$
    begin
      if (select d.is_full from chaos.disk as d) then
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
      end if;
      return null;
    end $$;
    do $$
    declare
      target regclass;
    begin
      for target in
        select c.oid from pg_class as c
        where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
          and c.relkind in ('r', 'p') and not c.relispartition
      loop
        execute format(
          'create trigger a_full_disk before insert or update on %s for each statement execute function chaos.write()', target
        );
      end loop;
    end $$`);
}

export interface FaultCounts {
  fullDisk: number;
  provider: number;
}

/** Faults in the order that the seed gives, until the lap is calm; then everything works again. */
export async function makeFaults(world: World, lap: Lap, counts: FaultCounts): Promise<void> {
  const { random } = lap;
  const simulators = [world.project.simulator, world.project.smartlead];
  /** Half-open: the connection stays and nothing comes for longer than a call waits. In a short run it is cut instead. */
  const halfOpen: RequestFault = lap.movesTime
    ? { kind: 'drop-before', share: 0.2 }
    : { kind: 'latency', latencyMs: 32_000, times: 2 };
  const kinds: RequestFault[][] = [
    [{ kind: 'latency', latencyMs: [50, 700] }],
    [{ kind: 'drop-after', share: 0.3 }],
    [halfOpen],
    [{ kind: 'error-503', share: 0.3 }],
    [{ kind: 'rate-limit', share: 0.2, retryAfterSeconds: 1 }],
  ];
  while (!lap.isCalm) {
    await sleep(300 + random.integer(900));
    if (random.integer(4) === 0) {
      await world.sql('update chaos.disk set is_full = true');
      counts.fullDisk++;
      await sleep(200 + random.integer(600));
      await world.sql('update chaos.disk set is_full = false');
    } else {
      const requests = random.pick(kinds);
      counts.provider++;
      for (const simulator of simulators) simulator.faults.set({ requests });
      await sleep(300 + random.integer(900));
      for (const simulator of simulators) {
        simulator.faults.set({ requests: [{ kind: 'latency', latencyMs: 60 }] });
      }
    }
  }
  for (const simulator of simulators) simulator.faults.clear();
}
