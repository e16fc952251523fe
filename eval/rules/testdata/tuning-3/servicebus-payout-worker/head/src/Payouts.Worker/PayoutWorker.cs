using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Payouts.Domain;

namespace Payouts.Worker;

public sealed class PayoutWorker(ServiceBusClient bus, IBankClient bank, IPayoutStore payouts, ILogger<PayoutWorker> logger)
    : BackgroundService
{
    private readonly ServiceBusProcessor _processor = bus.CreateProcessor(
        "payouts",
        new ServiceBusProcessorOptions
        {
            ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete,
            MaxConcurrentCalls = 4,
            PrefetchCount = 20,
        });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _processor.ProcessMessageAsync += HandleAsync;
        _processor.ProcessErrorAsync += args =>
        {
            logger.LogError(args.Exception, "Service Bus error in {Source}", args.ErrorSource);
            return Task.CompletedTask;
        };
        await _processor.StartProcessingAsync(stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _processor.StopProcessingAsync(CancellationToken.None);
    }

    private async Task HandleAsync(ProcessMessageEventArgs args)
    {
        var command = JsonSerializer.Deserialize<PayoutCommand>(args.Message.Body)!;
        try
        {
            var transfer = await bank.TransferAsync(command.Iban, command.Amount, command.Reference, args.CancellationToken);
            await payouts.MarkPaidAsync(command.PayoutId, transfer.Id, args.CancellationToken);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Payout {Payout} failed", command.PayoutId);
        }
    }
}
