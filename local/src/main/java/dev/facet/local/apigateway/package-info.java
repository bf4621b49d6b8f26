/**
 * A gateway that behaves as API Gateway's REST APIs do: routes, signatures, API keys, usage plans,
 * CORS, Lambda proxy integration, and the answers of its own.
 */
@NullMarked
package dev.facet.local.apigateway;

import org.jspecify.annotations.NullMarked;
