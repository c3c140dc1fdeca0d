/**
 * Construction of chat models with deadlines, retry, breaker, byte caps and budget.
 *
 * <p>In: configuration. Out: LangChain4j models that end every call in time with whole, checked
 * text or an {@link dev.coterie.error.LlmException}. Holds no prompt.
 */
package dev.coterie.llm;
