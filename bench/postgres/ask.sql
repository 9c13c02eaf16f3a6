-- Answers a question, and says how long each repetition took: prepared, so without parsing and planning, and without the
-- way to a client.
CREATE TABLE questions (number int GENERATED ALWAYS AS IDENTITY, name text, statement text);

CREATE FUNCTION ask(statement text, repetitions int, OUT microseconds text, OUT places text)
LANGUAGE plpgsql AS $$
DECLARE
  began timestamptz;
  taken float8[] := '{}';
BEGIN
  EXECUTE 'SELECT coalesce(string_agg(concat_ws('':'', key, rank, score), '',''), '''') FROM (' || statement || ') AS top'
    INTO places;
  EXECUTE 'PREPARE asked AS ' || statement;
  EXECUTE 'EXECUTE asked';
  FOR repetition IN 1..repetitions LOOP
    began := clock_timestamp();
    EXECUTE 'EXECUTE asked';
    taken := taken || extract(epoch FROM clock_timestamp() - began)::float8 * 1e6;
  END LOOP;
  EXECUTE 'DEALLOCATE asked';
  microseconds := array_to_string(taken, ',');
END;
$$;
