// What pages do besides, where a script runs. Every page works without.
import { Button, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";
import { watchChoices } from "./choices";
import { followList } from "./live";
import { watchConnection } from "./offline";
import { watchPostcode } from "./postcode";
import { watchPreview } from "./preview";
import { retryByItself } from "./retry";
import { watchSearch } from "./search";
import { watchShown } from "./shown";
import { guardForms } from "./unsaved";

for (const component of [Button, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink]) createAll(component);
watchChoices();
watchConnection();
followList();
guardForms();
watchPostcode();
watchPreview();
watchSearch();
watchShown();
retryByItself();
