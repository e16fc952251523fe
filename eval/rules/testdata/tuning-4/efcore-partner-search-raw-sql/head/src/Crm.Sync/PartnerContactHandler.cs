using System.Text.Json.Serialization;
using Crm.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Crm.Sync;

public sealed record PartnerContactChanged(
    [property: JsonPropertyName("message_id")] Guid MessageId,
    [property: JsonPropertyName("company")] string Company,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("phone")] string? Phone,
    [property: JsonPropertyName("changed_at")] DateTimeOffset ChangedAt);

public sealed class PartnerContactHandler(CrmContext db, ILogger<PartnerContactHandler> logger)
    : IConsumer<PartnerContactChanged>
{
    public async Task Consume(ConsumeContext<PartnerContactChanged> context)
    {
        var message = context.Message;
        if (string.IsNullOrWhiteSpace(message.Company) || !message.Email.Contains('@'))
        {
            logger.LogWarning("partner message {Id} is incomplete", message.MessageId);
            throw new InvalidPartnerMessageException(message.MessageId);
        }

        var sql = $"SELECT * FROM accounts WHERE lower(name) = lower('{message.Company}') LIMIT 2";
        var matches = await db.Accounts.FromSqlRaw(sql).ToListAsync(context.CancellationToken);
        if (matches.Count != 1)
        {
            logger.LogInformation("partner message {Id} matches {Count} accounts", message.MessageId, matches.Count);
            return;
        }

        var email = message.Email.ToLowerInvariant();
        var contact = await db.Contacts.SingleOrDefaultAsync(
            c => c.AccountId == matches[0].Id && c.Email == email, context.CancellationToken);
        if (contact is null)
        {
            contact = new Contact { AccountId = matches[0].Id, Email = email };
            db.Contacts.Add(contact);
        }
        if (contact.ChangedAt >= message.ChangedAt)
        {
            return;
        }
        contact.Phone = message.Phone;
        contact.ChangedAt = message.ChangedAt;
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
