import type { Generated } from 'kysely';
import type {
  Erasable,
  RefusalGround,
  Right,
  RightsChannel,
  RightsIdentity,
  RightsReply,
  RightsState,
} from '../../rights/rights-status.ts';

export type RightsRequestTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  party_id: string;
  right_asked: Right;
  about: Buffer | null;
  reply_way: RightsReply;
  channel: RightsChannel;
  identity: RightsIdentity;
  recorded_by: string | null;
  received_on: string;
  received_at: Date;
  due_day: string;
  state: Generated<RightsState>;
  extended_at: Generated<Date | null>;
  extension_reason: Generated<Buffer | null>;
  settled_at: Generated<Date | null>;
  settled_by: Generated<string | null>;
  answer: Generated<Buffer | null>;
  refusal_ground: Generated<RefusalGround | null>;
  erased: Generated<Erasable[]>;
  contact_erased_at: Generated<Date | null>;
  copy: Generated<Buffer | null>;
};
