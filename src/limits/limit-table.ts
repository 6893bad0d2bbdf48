/**
 * What may be done how often, in real time. `let_through`: without the store nobody is refused. `count_here`: without the store each
 * process counts for itself. Addresses are the whole network of an IPv6 /64 (security.md 1.3): a hall or a desk shares one, so no
 * budget is as small as one person's need.
 */
export type Limit = {
  points: number;
  seconds: number;
  withoutStore: 'let_through' | 'count_here';
  /** Why this much, and where the rule comes from. */
  why: string;
};

export const LIMITS = {
  request: {
    points: 60,
    seconds: 3_600,
    withoutStore: 'let_through',
    why: 'C-9, T-13: requests sent from one address; five desks typing one form each five minutes are 60 an hour',
  },
  request_in_danger: {
    points: 60,
    seconds: 3_600,
    withoutStore: 'let_through',
    why: 'spec §4.11: counted apart and never refused; beyond it a request in danger is accepted as a doubtful one',
  },
  request_with_proof: {
    points: 600,
    seconds: 3_600,
    withoutStore: 'let_through',
    why: 'C-9, decision 0027: beyond the budget above, each with some seconds of work of the device that sends it',
  },
  message: {
    points: 60,
    seconds: 900,
    withoutStore: 'let_through',
    why: 'C-9: messages to the team and changes of how to be reached from one address; a hall with one connection writes less, and each of them is one task at most',
  },
  files: {
    points: 60,
    seconds: 3_600,
    withoutStore: 'count_here',
    why: 'T-33, T-34: forms with files from one address; each costs a process of its own for a moment',
  },
  code_by_address: {
    points: 20,
    seconds: 900,
    withoutStore: 'count_here',
    why: 'T-18, B-44: wrong codes from one address; typos never count, the check symbol stops them before (C-1)',
  },
  code_by_code: {
    points: 30,
    seconds: 3_600,
    withoutStore: 'count_here',
    why: 'T-17, T-43: one code typed over and over; whoever does not know the code cannot spend this',
  },
  lost_code_by_address: {
    points: 10,
    seconds: 900,
    withoutStore: 'count_here',
    why: 'T-20: short codes asked for from one address; the three mails each 15 minutes of one request are counted in access rows',
  },
  short_code_by_address: {
    points: 30,
    seconds: 900,
    withoutStore: 'count_here',
    why: 'T-16, T-21: short codes typed from one address; five tries are all that one mailed code allows',
  },
  partner_code_by_address: {
    points: 60,
    seconds: 900,
    withoutStore: 'count_here',
    why: 'T-16, T-20: partner codes asked for and typed from one address, a town hall shares one; three mails each 15 minutes of one contact are counted in its rows',
  },
  sign_in_by_person: {
    points: 10,
    seconds: 900,
    withoutStore: 'count_here',
    why: 'T-19, T-43: one account from one address, so that nobody is locked out by somebody else elsewhere',
  },
  sign_in_by_address: {
    points: 60,
    seconds: 900,
    withoutStore: 'count_here',
    why: 'T-19: an office of twenty behind one address, three tries each on a Monday morning',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
export type LimitTable = Record<LimitName, Limit>;
