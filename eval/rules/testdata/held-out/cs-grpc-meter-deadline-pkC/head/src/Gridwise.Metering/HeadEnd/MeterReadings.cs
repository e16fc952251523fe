using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Gridwise.HeadEnd.V1;

namespace Gridwise.Metering.HeadEnd;

public sealed class MeterReadings
{
    private readonly MeterService.MeterServiceClient _client;
    private readonly ILogger<MeterReadings> _logger;

    public MeterReadings(MeterService.MeterServiceClient client, ILogger<MeterReadings> logger)
    {
        _client = client;
        _logger = logger;
    }

    public async Task<Reading?> ReadNowAsync(string meterId, CancellationToken ct)
    {
        try
        {
            var reply = await _client.ReadOnDemandAsync(
                new ReadOnDemandRequest
                {
                    MeterId = meterId,
                    RequestedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
                },
                cancellationToken: ct);
            return new Reading(meterId, reply.WattHours, reply.TakenAt.ToDateTimeOffset());
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            _logger.LogInformation("meter {Meter} is not known to the head-end", meterId);
            return null;
        }
    }
}
