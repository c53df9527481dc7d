-- The functions and triggers that tell every node of a change, by what they do.

set role wissel_owner;

alter function directory.ring() rename to notify_change;
alter function router.ring() rename to notify_change;
alter trigger municipality_rings on directory.municipality rename to municipality_notifies;
alter trigger sop_version_rings on router.sop_version rename to sop_version_notifies;

reset role;
