// Starts Swagger UI on the description that the page names.
const place = document.getElementById("swagger-ui");
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapiUrl,
  deepLinking: true,
  layout: "BaseLayout",
  validatorUrl: null,
});
