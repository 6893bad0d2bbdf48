import type { Reporter, TestModule } from 'vitest/node';

/** Seconds on two cores, beside the Temporal server's first build. */
const BUDGET_SECONDS: Record<string, number> = { unit: 60, database: 300, workflows: 900, journeys: 600 };

type Counts = Record<'passed' | 'failed' | 'skipped', number>;

/**
 * Before vitest's own summary: how long each project took against its budget. After everything: how many tests passed, alone on
 * its line. A file or a run that broke outside any test counts as one failure, so "0 failed" is never said of a red run.
 */
export class RunReport implements Reporter {
  private readonly spans = new Map<string, { from: number; to: number }>();

  onTestModuleStart(module: TestModule): void {
    const now = Date.now();
    const span = this.spans.get(module.project.name);
    if (!span) this.spans.set(module.project.name, { from: now, to: now });
  }

  onTestModuleEnd(module: TestModule): void {
    const span = this.spans.get(module.project.name);
    if (span) span.to = Date.now();
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    console.log('\n Suite      seconds  budget');
    for (const [name, { from, to }] of this.spans) {
      const seconds = (to - from) / 1000;
      const budget = BUDGET_SECONDS[name];
      const late = budget !== undefined && seconds > budget ? '  over budget' : '';
      console.log(` ${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} ${String(budget ?? '–').padStart(7)}${late}`);
    }
    const { passed, failed, skipped } = count(modules, unhandled);
    process.once('exit', () => console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`));
  }
}

function count(modules: readonly TestModule[], unhandled: readonly unknown[]): Counts {
  const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 };
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') failedHere += 1;
      else counts.skipped += 1;
    }
    if (failedHere === 0 && !module.ok()) failedHere = 1;
    counts.failed += failedHere;
  }
  return counts;
}
