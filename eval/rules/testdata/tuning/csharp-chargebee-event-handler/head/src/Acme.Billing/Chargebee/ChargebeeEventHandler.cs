using Acme.Billing.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Acme.Billing.Chargebee;

public sealed class ChargebeeEventHandler
{
    private readonly BillingDbContext _db;
    private readonly ILogger<ChargebeeEventHandler> _logger;

    public ChargebeeEventHandler(BillingDbContext db, ILogger<ChargebeeEventHandler> logger)
    {
        _db = db;
        _logger = logger;
    }

    /// <summary>Called by the endpoint once basic authentication has succeeded.</summary>
    public async Task HandleAsync(ChargebeeEvent evt, CancellationToken ct)
    {
        if (evt.EventType != "payment_succeeded")
        {
            return;
        }

        if (await _db.ProcessedEvents.AnyAsync(e => e.EventId == evt.Id, ct))
        {
            _logger.LogInformation("Event {EventId} was already applied", evt.Id);
            return;
        }

        var account = await _db.Accounts.SingleAsync(a => a.ChargebeeId == evt.CustomerId, ct);
        await _db.Accounts
            .Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.Credits, a => a.Credits + evt.Credits), ct);

        _db.ProcessedEvents.Add(new ProcessedEvent { EventId = evt.Id, OccurredAt = evt.OccurredAt });
        await _db.SaveChangesAsync(ct);
    }
}
