/** What people say of devices: whose they are, their tags and friendly names. */
@NullMarked
package org.outpost.inventory.label;

import org.jspecify.annotations.NullMarked;
