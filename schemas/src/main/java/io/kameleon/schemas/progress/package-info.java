/** What reader and replay tell about their work, apart from it: counted beside the rows, sent once a second. */
package io.kameleon.schemas.progress;
