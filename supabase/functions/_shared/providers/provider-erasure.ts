/** Taking a person out of a workspace on request. */
export interface ProviderErasure {
  /**
   * Removes every lead with this address: from these campaigns, or (null) from the whole workspace. Returns how many; an
   * address that is not there is no error.
   */
  remove(email: string, providerCampaignIds: ReadonlySet<string> | null): Promise<number>;
  /** Puts the address on the block list of the workspace, so that it cannot be added there again. */
  block(email: string): Promise<void>;
}
