-- One folding by which customers are recognised who ask again. What is stored stays as it was typed;
-- existing rows get their folded columns here.

set role wissel_owner;

-- Names with the same result may be the same name: capitals, accents and the two ways to write them
-- do not count, letters that are two in another spelling are (Ĳ and IJ, ß and ss, æ and ae), and
-- dashes, quotes and blanks are one blank. Most names are ASCII letters and take the short way. The
-- collation is named, so that the result does not depend on the cluster.
create function cases.comparable_name(name text) returns text
  language sql immutable parallel safe
  return case
    when name collate "C" ~ '^[A-Za-z]*$' then lower(name collate "C") collate "default"
    else trim(regexp_replace(
      translate(
        replace(replace(replace(replace(
          regexp_replace(
            lower(normalize(name, nfkd) collate "und-x-icu"), '[\u0300-\u036F]', '', 'g'),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'øłđðħıŀ', 'olddhil'),
      '[^[:alnum:]]+', ' ', 'g')) collate "default"
  end;

grant execute on function cases.comparable_name(text) to wissel_cases;

drop index cases.contact_household;
alter table cases.contact drop column family_name_key;
alter table cases.contact
  add column family_name_key text not null
    generated always as (cases.comparable_name(family_name)) stored;
create index contact_household on cases.contact (tenant_id, postcode, family_name_key, received_at)
  where postcode <> '' and family_name_key <> '';

-- Mail systems tell no capitals apart in an address, whatever the standard says.
drop index cases.customer_email;
alter table cases.customer
  add column email_key text not null generated always as (lower(email collate "C")) stored;
create index customer_email on cases.customer (tenant_id, email_key) where email_key <> '';

reset role;
