-- Volunteers as columns; what questions filter by comes first, what only scores need last.
CREATE TABLE records (
  key bigint NOT NULL,
  causes bigint NOT NULL,
  home_lat int, home_lon int,
  centroid_lat int, centroid_lon int,
  radius int,
  languages int NOT NULL, licences int NOT NULL,
  birth int,
  free_hours int NOT NULL,
  centre smallint NOT NULL,
  check_level smallint NOT NULL, workforces smallint NOT NULL, barred_lists smallint NOT NULL,
  county boolean NOT NULL, available boolean NOT NULL, remote boolean NOT NULL,
  free bit(336) NOT NULL,
  credits bytea NOT NULL
);
ALTER TABLE records ALTER credits SET STORAGE PLAIN;  -- never compressed

-- The box outside which no role is near enough: of the radius about the home and the outcode's centroid, a little wider
-- than exact.
CREATE FUNCTION reach(home_lat int, home_lon int, centroid_lat int, centroid_lon int, radius int) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ST_MakeEnvelope(
    least(home_lon, centroid_lon) / 1e7::float8 - east, least(home_lat, centroid_lat) / 1e7::float8 - north,
    greatest(home_lon, centroid_lon) / 1e7::float8 + east, greatest(home_lat, centroid_lat) / 1e7::float8 + north)
  FROM (SELECT north, north / cos(radians(greatest(abs(home_lat), abs(centroid_lat)) / 1e7::float8 + north)) AS east
        FROM (SELECT (radius + 10) / 111190::float8 AS north) AS a) AS b
$$;
