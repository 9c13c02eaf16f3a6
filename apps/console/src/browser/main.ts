// What pages do besides, where a script runs. Every page works without.
import { Button, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";
import { watchChoices } from "./choices";
import { watchDrops } from "./drop";
import { followList } from "./live";
import { watchConnection } from "./offline";
import { watchPostcode } from "./postcode";
import { watchPreview } from "./preview";
import { followProgress } from "./progress";
import { retryByItself } from "./retry";
import { watchSearch } from "./search";
import { watchShown } from "./shown";
import { guardForms } from "./unsaved";

for (const component of [Button, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink]) createAll(component);
watchChoices();
watchConnection();
watchDrops();
followList();
followProgress();
guardForms();
watchPostcode();
watchPreview();
watchSearch();
watchShown();
retryByItself();
