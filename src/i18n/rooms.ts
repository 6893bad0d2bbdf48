/**
 * The French catalogue, one JSON file per room. To add a room: add its file under locales/fr/, import it here and list it below.
 * Every key starts with the name of its room; `catalogue.test.ts` checks that and the typography of every text.
 */
import accounts from './locales/fr/accounts.json' with { type: 'json' };
import home from './locales/fr/home.json' with { type: 'json' };
import legal from './locales/fr/legal.json' with { type: 'json' };
import parties from './locales/fr/parties.json' with { type: 'json' };
import letters from './locales/fr/letters.json' with { type: 'json' };
import mail from './locales/fr/mail.json' with { type: 'json' };
import request from './locales/fr/request.json' with { type: 'json' };
import demo from './locales/fr/demo.json' with { type: 'json' };
import evaluation from './locales/fr/evaluation.json' with { type: 'json' };
import followup from './locales/fr/followup.json' with { type: 'json' };
import follow from './locales/fr/follow.json' with { type: 'json' };
import partners from './locales/fr/partners.json' with { type: 'json' };
import referrals from './locales/fr/referrals.json' with { type: 'json' };
import problem from './locales/fr/problem.json' with { type: 'json' };
import sessions from './locales/fr/sessions.json' with { type: 'json' };
import staff from './locales/fr/staff.json' with { type: 'json' };
import ui from './locales/fr/ui.json' with { type: 'json' };

export const frenchRooms = {
  accounts,
  demo,
  evaluation,
  follow,
  followup,
  home,
  legal,
  letters,
  mail,
  parties,
  partners,
  problem,
  referrals,
  request,
  sessions,
  staff,
  ui,
};
