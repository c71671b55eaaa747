-- A delivery that tells a fact which had come by another way before. In a file of its own, because a new value cannot be
-- used in the transaction that adds it.
alter type public.webhook_event_status add value if not exists 'duplicate' after 'projected';
