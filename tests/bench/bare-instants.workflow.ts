import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { seen } = proxyActivities<{ seen(count: number): Promise<void> }>({ startToCloseTimeout: '10 seconds' });

/** What an instant costs without Passerelle: a signal wakes a workflow, which calls one activity that does nothing. */
export async function bareInstants(total: number): Promise<void> {
  let signalled = 0;
  setHandler(defineSignal('instant'), () => {
    signalled += 1;
  });
  for (let count = 1; count <= total; count += 1) {
    await condition(() => signalled >= count);
    await seen(count);
  }
}
