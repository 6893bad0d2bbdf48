import { hiddenOf, Visitor } from './visitor.ts';
import type { TestTown } from './town.ts';
import type { webApp } from './web.ts';

/** Somebody of the team in a browser, on the pages of one case. */
export class StaffVisitor {
  readonly #visitor: Visitor;
  private constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  static async enter(app: Awaited<ReturnType<typeof webApp>>, town: TestTown, ref: string): Promise<StaffVisitor> {
    const visitor = new Visitor(app);
    await visitor.post('/demo/entrer', { person: town.person(ref) });
    return new StaffVisitor(visitor);
  }

  /** The page of a case, or of one act on it, as text. */
  async page(caseId: string, slug?: string): Promise<string> {
    return (await this.get(caseId, slug)).text();
  }

  async get(caseId: string, slug?: string): Promise<Response> {
    return this.#visitor.get(`/equipe/demandes/${caseId}${slug ? `/${slug}` : ''}`);
  }

  /** Opens the page of an act and sends its form. */
  async does(caseId: string, slug: string, fields: Record<string, string> | [string, string][]): Promise<Response> {
    const form = hiddenOf(await this.page(caseId, slug), 'form');
    const pairs = Array.isArray(fields) ? fields : Object.entries(fields);
    return this.posts(caseId, slug, [['form', form], ...pairs]);
  }

  /** Sends the form of a page that was opened before, as it stands there. */
  async posts(caseId: string, slug: string, fields: [string, string][]): Promise<Response> {
    return this.#visitor.post(`/equipe/demandes/${caseId}/${slug}`, new URLSearchParams(fields));
  }
}
