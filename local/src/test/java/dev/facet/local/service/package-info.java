@NullMarked
package dev.facet.local.service;

import org.jspecify.annotations.NullMarked;
