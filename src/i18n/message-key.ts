import type { publicRooms, teamRooms } from './rooms.ts';

type KeysOf<Rooms> = { [Room in keyof Rooms]: keyof Rooms[Room] & string }[keyof Rooms];

/** A text that residents read: it stands in every language. */
export type PublicKey = KeysOf<typeof publicRooms>;

/** Every key of the French catalogue: a key that is not there does not compile. */
export type MessageKey = PublicKey | KeysOf<typeof teamRooms>;
