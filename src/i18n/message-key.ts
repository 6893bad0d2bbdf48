import type { frenchRooms } from './rooms.ts';

type Rooms = typeof frenchRooms;

/** Every key of the French catalogue: a key that is not there does not compile. */
export type MessageKey = { [Room in keyof Rooms]: keyof Rooms[Room] & string }[keyof Rooms];
