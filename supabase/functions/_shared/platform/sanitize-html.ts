/**
 * sanitize-html with its parser loaded before it. The package is CommonJS and its parser an ES module. Deno 2.1, on which functions run,
 * loads an ES module for `require` in a loop that may never yield: one start in some hundred used a whole core for ever and never
 * answered. A module that is already there is not loaded again.
 */
import 'htmlparser2';
// @ts-types="npm:@types/sanitize-html@2.16.2"
import sanitizeHtml from 'sanitize-html';

export { sanitizeHtml };
