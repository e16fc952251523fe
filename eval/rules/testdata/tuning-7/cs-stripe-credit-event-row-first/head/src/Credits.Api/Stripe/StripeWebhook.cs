using Credits.Api.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Stripe;
using Stripe.Checkout;

namespace Credits.Api.Stripe;

public sealed class StripeWebhook(CreditsContext db, IOptions<StripeOptions> options, ILogger<StripeWebhook> logger)
{
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        Event received;
        try
        {
            using var reader = new StreamReader(request.Body);
            received = EventUtility.ConstructEvent(
                await reader.ReadToEndAsync(ct), request.Headers["Stripe-Signature"], options.Value.WebhookSecret);
        }
        catch (StripeException ex)
        {
            logger.LogWarning("Stripe event refused: {Reason}", ex.Message);
            return Results.BadRequest();
        }

        if (received.Type is not ("checkout.session.completed" or "checkout.session.async_payment_succeeded")
            || received.Data.Object is not Session { PaymentStatus: "paid" } session)
        {
            return Results.Ok();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            db.StripeEvents.Add(new StripeEventRow(received.Id, DateTimeOffset.UtcNow));
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException ex) when (ex.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            logger.LogInformation("Stripe event {EventId} is known", received.Id);
            return Results.Ok();
        }

        var rows = await db.Accounts
            .Where(a => a.Id == session.ClientReferenceId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Balance, a => a.Balance + session.AmountTotal), ct);
        if (rows != 1)
        {
            throw new InvalidOperationException($"no account for session {session.Id}");
        }
        await transaction.CommitAsync(ct);
        return Results.Ok();
    }
}
