// What we use of a library that ships no types.
declare module "govuk-frontend" {
  export class Component {}
  export class Button extends Component {}
  export class ErrorSummary extends Component {}
  export class PasswordInput extends Component {}
  export class ServiceNavigation extends Component {}
  export class SkipLink extends Component {}
  export function createAll(component: typeof Component): void;
}
