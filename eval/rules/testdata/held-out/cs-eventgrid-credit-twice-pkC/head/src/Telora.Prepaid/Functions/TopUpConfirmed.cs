using Azure.Messaging.EventGrid;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;

namespace Telora.Prepaid.Functions;

public sealed class TopUpConfirmed
{
    private readonly SqlConnectionFactory _connections;
    private readonly ILogger<TopUpConfirmed> _logger;

    public TopUpConfirmed(SqlConnectionFactory connections, ILogger<TopUpConfirmed> logger)
    {
        _connections = connections;
        _logger = logger;
    }

    [Function("TopUpConfirmed")]
    public async Task RunAsync([EventGridTrigger] EventGridEvent gridEvent, CancellationToken ct)
    {
        if (gridEvent.EventType != "Telora.Payments.TopUpConfirmed")
        {
            return;
        }
        var topUp = gridEvent.Data.ToObjectFromJson<TopUp>()
            ?? throw new InvalidOperationException($"event {gridEvent.Id} without data");

        await using var connection = await _connections.OpenAsync(ct);
        await using var command = new SqlCommand(
            "UPDATE PrepaidAccount SET BalanceCents = BalanceCents + @cents WHERE Msisdn = @msisdn", connection);
        command.Parameters.AddWithValue("@cents", topUp.AmountCents);
        command.Parameters.AddWithValue("@msisdn", topUp.Msisdn);
        var rows = await command.ExecuteNonQueryAsync(ct);
        if (rows == 0)
        {
            throw new InvalidOperationException($"no prepaid account for top-up {topUp.Id}");
        }
        _logger.LogInformation("top-up {TopUp} booked", topUp.Id);
    }
}
