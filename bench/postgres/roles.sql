-- Open roles as columns; skills wanted in five places, of which a role without as many leaves the last with no importance.
CREATE TABLE records (
  key bigint NOT NULL,
  causes bigint NOT NULL,
  place_lat int, place_lon int,
  languages int NOT NULL, licences int NOT NULL,
  born_by int, born_from int,
  committed int NOT NULL, minimum_coverage_bp int NOT NULL,
  places int NOT NULL, connections int NOT NULL,
  kind smallint NOT NULL,
  centre smallint NOT NULL,
  check_level smallint NOT NULL, workforces smallint NOT NULL, barred_lists smallint NOT NULL,
  importance smallint NOT NULL,
  s1 smallint NOT NULL, l1 smallint NOT NULL, i1 smallint NOT NULL, r1 smallint NOT NULL,
  s2 smallint NOT NULL, l2 smallint NOT NULL, i2 smallint NOT NULL, r2 smallint NOT NULL,
  s3 smallint NOT NULL, l3 smallint NOT NULL, i3 smallint NOT NULL, r3 smallint NOT NULL,
  s4 smallint NOT NULL, l4 smallint NOT NULL, i4 smallint NOT NULL, r4 smallint NOT NULL,
  s5 smallint NOT NULL, l5 smallint NOT NULL, i5 smallint NOT NULL, r5 smallint NOT NULL,
  county boolean NOT NULL, remote boolean NOT NULL,
  windows bit(336) NOT NULL
);
