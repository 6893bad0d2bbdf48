/**
 * The French catalogue, one JSON file per room. To add a room: add its file under locales/fr/, import it here and list it below: among those
 * residents read, which every language has, or among those of the team and the partners, who read French. Every key starts with the name of its
 * room; `catalogue.test.ts` checks that and the typography of every text.
 */
import attachments from './locales/fr/attachments.json' with { type: 'json' };
import accounts from './locales/fr/accounts.json' with { type: 'json' };
import demo from './locales/fr/demo.json' with { type: 'json' };
import evaluation from './locales/fr/evaluation.json' with { type: 'json' };
import follow from './locales/fr/follow.json' with { type: 'json' };
import followup from './locales/fr/followup.json' with { type: 'json' };
import home from './locales/fr/home.json' with { type: 'json' };
import legal from './locales/fr/legal.json' with { type: 'json' };
import letters from './locales/fr/letters.json' with { type: 'json' };
import mail from './locales/fr/mail.json' with { type: 'json' };
import parties from './locales/fr/parties.json' with { type: 'json' };
import partners from './locales/fr/partners.json' with { type: 'json' };
import problem from './locales/fr/problem.json' with { type: 'json' };
import referrals from './locales/fr/referrals.json' with { type: 'json' };
import request from './locales/fr/request.json' with { type: 'json' };
import sessions from './locales/fr/sessions.json' with { type: 'json' };
import staff from './locales/fr/staff.json' with { type: 'json' };
import ui from './locales/fr/ui.json' with { type: 'json' };
import work from './locales/fr/work.json' with { type: 'json' };
import workmail from './locales/fr/workmail.json' with { type: 'json' };

/** What residents read, on pages, in mails and on paper: every language has all of it. */
export const publicRooms = {
  attachments,
  evaluation,
  follow,
  home,
  legal,
  letters,
  mail,
  parties,
  problem,
  request,
  sessions,
  ui,
};

/** What the team, the partners and the demonstration read: in French. */
export const teamRooms = { accounts, demo, followup, partners, referrals, staff, work, workmail };

export const frenchRooms = { ...publicRooms, ...teamRooms };
