/** The static header in which a provider presents the connection's secret. */
export const secretHeader = 'x-webhook-secret';

/** How a provider shows that a delivery is its own. */
export interface DeliveryProof {
  /** The secret that came beside the body. */
  fromRequest: (request: Request) => string | null;
  /** For a request that brought none beside it: the secrets that its body may present, found without parsing it. */
  fromText?: (text: string) => string[];
  /** The secret that the parsed body presents. */
  fromBody?: (body: unknown) => string | null;
  /** Looks at the signature, where there is one and its key is known; false refuses the delivery. */
  verifySignature?: (request: Request, text: string, connectionId: string) => Promise<boolean>;
  /** Where the sender has to put the secret, for the answer to one who did not. */
  place: string;
}
