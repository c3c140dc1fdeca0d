package dev.coterie.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API reference in a real browser, as anybody finds it on a server without data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferencePageIT {
    /** Milliseconds from the click to the operation's text, for the slowest one. */
    private static final String OPEN_ALL =
            """
            async () => {
              let slowest = 0;
              for (const card of document.querySelectorAll("details.op:not([open])")) {
                const start = performance.now();
                card.querySelector("summary").click();
                while (!card.querySelector(".op-body .command")) {
                  await new Promise((next) => setTimeout(next, 0));
                }
                slowest = Math.max(slowest, performance.now() - start);
              }
              return slowest;
            }
            """;

    private ShopServer server;
    private BrowserSession session;
    private Page page;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        session = BrowserSession.start();
        server = ShopServer.start(folder, false);
    }

    @AfterAll
    void stop() {
        if (session != null) session.close();
        if (server != null) server.close();
    }

    @AfterEach
    void closePage() {
        session.closePage();
    }

    private Locator operations() {
        return page.locator("details.op");
    }

    private void visit(String language, String path) {
        page = session.open(language);
        page.navigate(server.address() + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void everyOperationOpensWithinASecond(String language) {
        visit(language, "/docs");
        assertThat(operations().first()).isVisible();
        int all = operations().count();
        assertTrue(all > 80, all + " operations");
        operations().first().locator("summary").first().click();
        session.assertAccessible("reference");
        double slowest = ((Number) page.evaluate(OPEN_ALL)).doubleValue();
        assertTrue(slowest < 1000, slowest + " ms");
        assertEquals(all, page.locator(".op-body").count());
        for (String command : page.locator(".command code").allInnerTexts()) {
            assertTrue(command.startsWith("curl ") && command.contains(server.address()), command);
        }
        session.assertQuiet();
    }

    @Test
    void itIsSearchedReadAndCopiedByKeyboard() {
        visit("en", "/docs");
        page.locator("input[type=search]").fill("customers assign");
        assertThat(operations()).hasCount(1);
        page.locator("input[type=search]").fill("no such thing at all");
        assertThat(operations()).hasCount(0);
        page.locator("input[type=search]").fill("embeddings");
        Locator card = page.locator("#createEmbeddings");
        card.locator("summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(card.locator(".command")).isVisible();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        card.locator(".command button").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".toast")).isVisible();
        assertEquals(
                card.locator(".command code").innerText(),
                page.evaluate("() => navigator.clipboard.readText()"));
        session.assertQuiet();
    }

    @Test
    void whatAProblemSaysOfItselfLeadsToItsCode() {
        visit("en", "/p/none");
        page.locator("a[href='/docs/errors#not_found']").click();
        Locator code = page.locator("#not_found");
        assertThat(code).hasClass("error-code here");
        assertThat(code).isInViewport();
        Locator other = page.locator("#nothing_to_compare");
        other.locator("summary").click();
        other.locator("a[href='/docs#compareRuns']").click();
        assertThat(page.locator("#compareRuns .op-body")).isInViewport();
        page.goBack();
        assertThat(page.locator("#not_found")).isVisible();
        session.assertAccessible("errors");
    }

    @Test
    void onAPhoneNothingStandsOut() {
        visit("zh-CN", "/docs#makeBrief");
        page.setViewportSize(390, 844);
        assertThat(page.locator("#makeBrief .op-body")).isVisible();
        page.evaluate(OPEN_ALL);
        Object width = page.evaluate("() => document.documentElement.scrollWidth");
        assertEquals(390, ((Number) width).intValue());
        session.assertQuiet();
    }
}
