using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Stripe;

namespace Acme.Payouts;

public static class StripeEndpoints
{
    private static readonly HashSet<string> Types = ["payout.paid", "payout.failed"];

    public static void MapStripe(this IEndpointRouteBuilder app) => app.MapPost("/hooks/stripe", Receive);

    private static async Task<IResult> Receive(
        HttpContext http, PayoutContext db, StripeHookOptions options, ILoggerFactory loggers, CancellationToken ct)
    {
        var logger = loggers.CreateLogger("StripeHook");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(ct);
        Event stripeEvent;
        try
        {
            stripeEvent = EventUtility.ConstructEvent(
                body, http.Request.Headers["Stripe-Signature"].ToString(), options.SigningSecret);
        }
        catch (StripeException e)
        {
            logger.LogWarning("stripe event refused: {Reason}", e.Message);
            return Results.BadRequest();
        }
        if (!Types.Contains(stripeEvent.Type))
        {
            return Results.NoContent();
        }

        db.Inbox.Add(new InboxEvent(stripeEvent.Id, stripeEvent.Type, stripeEvent.Created, body));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            logger.LogDebug("stripe event {Event} is known", stripeEvent.Id);
        }
        return Results.NoContent();
    }
}
