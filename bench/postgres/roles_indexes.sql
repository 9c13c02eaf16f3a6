ALTER TABLE records ADD PRIMARY KEY (key);
CREATE INDEX records_place ON records USING gist (ST_Point(place_lon / 1e7::float8, place_lat / 1e7::float8))
  WHERE NOT remote;
CREATE INDEX records_remote ON records (centre, county) WHERE remote;
VACUUM (ANALYZE, FREEZE) records;
