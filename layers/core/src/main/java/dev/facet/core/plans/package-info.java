/** Usage plans: rates, bursts and quotas of API keys, and their metering. */
@NullMarked
package dev.facet.core.plans;

import org.jspecify.annotations.NullMarked;
