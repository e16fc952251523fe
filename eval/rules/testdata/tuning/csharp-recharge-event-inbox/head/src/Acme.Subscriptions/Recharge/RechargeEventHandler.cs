using Acme.Subscriptions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Acme.Subscriptions.Recharge;

public sealed class RechargeEventHandler
{
    private readonly SubscriptionsDbContext _db;
    private readonly ILogger<RechargeEventHandler> _logger;

    public RechargeEventHandler(SubscriptionsDbContext db, ILogger<RechargeEventHandler> logger)
    {
        _db = db;
        _logger = logger;
    }

    /// <summary>The endpoint filter has verified the signature of the request.</summary>
    public async Task HandleAsync(RechargeEvent evt, CancellationToken ct)
    {
        if (evt.Topic != "charge/paid")
        {
            return;
        }

        await using var transaction = await _db.Database.BeginTransactionAsync(ct);
        _db.InboundEvents.Add(new InboundEvent { Source = "recharge", ExternalId = evt.Id });
        try
        {
            await _db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException ex) when (ex.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            _logger.LogInformation("Event {EventId} was already handled", evt.Id);
            return;
        }

        var updated = await _db.Boxes
            .Where(b => b.SubscriptionId == evt.SubscriptionId)
            .ExecuteUpdateAsync(s => s.SetProperty(b => b.Remaining, b => b.Remaining + evt.Quantity), ct);
        if (updated == 0)
        {
            throw new InvalidOperationException($"Subscription {evt.SubscriptionId} has no box.");
        }
        await transaction.CommitAsync(ct);
    }
}
