-- To tell whether a key is used again for another card, the simulator needs no card: a digest of the token says it too.
alter table simulated_charges add column token_sha256 bytea;
update simulated_charges set token_sha256 = sha256(convert_to(token, 'UTF8'));
alter table simulated_charges alter column token_sha256 set not null, drop column token;
