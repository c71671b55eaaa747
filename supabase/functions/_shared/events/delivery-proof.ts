/** The static header in which a provider presents the connection's secret. */
export const secretHeader = 'x-webhook-secret';

/** How a provider authenticates a delivery. */
export interface DeliveryProof {
  /** The secret outside the body (header or URL). */
  fromRequest: (request: Request) => string | null;
  /** For a request without one: candidate secrets in the raw body, found without parsing it. */
  fromText?: (text: string) => string[];
  /** The secret in the parsed body. */
  fromBody?: (body: unknown) => string | null;
  /** Checks the signature if present and its key is known; false refuses the delivery. */
  verifySignature?: (request: Request, text: string, connectionId: string) => Promise<boolean>;
  /** Where the secret belongs, for the error message. */
  place: string;
}
