-- pg_cron itself, on a server that has it, as a superuser creates it on the platform. It can be in one database of a server.

create extension if not exists pg_cron;
