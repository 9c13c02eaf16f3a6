ALTER TABLE records ADD PRIMARY KEY (key);
CREATE INDEX records_reach ON records USING gist (reach(home_lat, home_lon, centroid_lat, centroid_lon, radius))
  WHERE available AND radius IS NOT NULL AND home_lat IS NOT NULL;
-- All that a remote role's question reads, and only of those who could be in its answer.
CREATE INDEX records_remote ON records (centre, county)
  INCLUDE (key, causes, languages, licences, birth, free_hours, check_level, workforces, barred_lists, free, credits)
  WHERE available AND remote;
VACUUM (ANALYZE, FREEZE) records;
