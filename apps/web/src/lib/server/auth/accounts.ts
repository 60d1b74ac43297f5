import {
  acceptInvitation,
  askForReset,
  changePassword,
  endAllSessions,
  endSession,
  findInvitation,
  findMembership,
  isResetOpen,
  readAccount,
  removeFactor,
  renameUser,
  resetPassword,
  strengthenSession,
  type Acceptor,
  type Actor,
  type Db,
} from '@catraca/db';

type Client = Pick<Actor, 'address' | 'userAgent'>;

/** What the pages of accounts read and write, now. No procedures: they go with the cookies and secrets of better-auth. */
export function openAccounts(db: Db) {
  return {
    read: (userId: string) => readAccount(db, userId, new Date()),
    rename: (userId: string, name: string, by: Actor) => renameUser(db, userId, name, by),
    changePassword: (request: Parameters<typeof changePassword>[1], by: Actor) =>
      changePassword(db, request, new Date(), by),

    askForReset: (email: string) => askForReset(db, email, new Date()),
    isResetOpen: (resetId: string) => isResetOpen(db, resetId, new Date()),
    resetPassword: (request: Parameters<typeof resetPassword>[1], client: Client) =>
      resetPassword(db, request, client, new Date()),

    endSession: (which: Parameters<typeof endSession>[1], by: Actor) => endSession(db, which, by),
    endAllSessions: (userId: string, by: Actor) => endAllSessions(db, userId, by),
    /** The session's owner has shown a second factor in it. */
    strengthenSession: (sessionId: string) => strengthenSession(db, sessionId),
    /** Removes a passkey, or with none named the code of an app: of a member who must keep one, never the last. */
    async removeFactor(organizationId: string, which: FactorOf, by: Actor) {
      const membership = await findMembership(db, which.userId, organizationId);
      return removeFactor(db, { ...which, asksFactor: membership?.asksFactor ?? true }, by);
    },

    findInvitation: (id: string) => findInvitation(db, id, new Date()),
    acceptInvitation: (id: string, acceptor: Acceptor, client: Client) =>
      acceptInvitation(db, id, acceptor, client, new Date()),
  };
}

interface FactorOf {
  userId: string;
  passkeyId: string | null;
}

export type Accounts = ReturnType<typeof openAccounts>;
