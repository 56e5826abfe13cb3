// Starts Swagger UI on the description that the page names. Its deep links put a link inside each button,
// which a screen reader cannot tell apart, and are left off.
const place = document.getElementById("swagger-ui");
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapiUrl,
  layout: "BaseLayout",
  syntaxHighlight: false,
  validatorUrl: null,
});

// The text field of a request's body comes without a name.
new MutationObserver(() => {
  for (const field of place.querySelectorAll("textarea.body-param__text:not([aria-label])")) {
    field.setAttribute("aria-label", "Request body");
  }
}).observe(place, { childList: true, subtree: true });
