using Microsoft.AspNetCore.Mvc;

namespace Consent.Api.Endpoints;

public static class InboundSmsEndpoint
{
    private static readonly HashSet<string> StopWords = new(StringComparer.OrdinalIgnoreCase) { "STOP", "STOPP", "ARRET" };
    private static readonly HashSet<string> StartWords = new(StringComparer.OrdinalIgnoreCase) { "START", "JA", "OUI" };

    public static void MapInboundSms(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/hooks/twilio/sms", async (
                [FromForm(Name = "MessageSid")] string messageSid,
                [FromForm(Name = "From")] string from,
                [FromForm(Name = "Body")] string body,
                IConsentStore consents,
                ILoggerFactory loggers,
                CancellationToken ct) =>
            {
                var log = loggers.CreateLogger("InboundSms");
                var word = body.Trim();
                if (StopWords.Contains(word) || StartWords.Contains(word))
                {
                    await consents.SetAsync(from, StartWords.Contains(word), source: messageSid, ct);
                    log.LogInformation("consent changed by message {MessageSid}", messageSid);
                }
                return Results.Content("<Response/>", "text/xml");
            })
            .DisableAntiforgery()
            .AllowAnonymous();
    }
}
