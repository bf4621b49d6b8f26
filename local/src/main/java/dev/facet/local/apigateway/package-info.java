/**
 * An emulator of API Gateway's REST APIs: routes, signatures, API keys, usage plans, CORS, Lambda
 * proxy integration, and the gateway's own error responses.
 */
@NullMarked
package dev.facet.local.apigateway;

import org.jspecify.annotations.NullMarked;
