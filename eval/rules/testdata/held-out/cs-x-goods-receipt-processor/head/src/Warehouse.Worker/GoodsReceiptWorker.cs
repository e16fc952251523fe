using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace Warehouse.Worker;

public sealed class GoodsReceiptWorker : IHostedService
{
    private readonly ServiceBusProcessor _processor;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<GoodsReceiptWorker> _logger;

    public GoodsReceiptWorker(ServiceBusClient client, IServiceScopeFactory scopes, ILogger<GoodsReceiptWorker> logger)
    {
        _processor = client.CreateProcessor("goods-receipts", new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentCalls = 4,
        });
        _processor.ProcessMessageAsync += OnMessageAsync;
        _processor.ProcessErrorAsync += args =>
        {
            _logger.LogError(args.Exception, "service bus error in {Source}", args.ErrorSource);
            return Task.CompletedTask;
        };
        _scopes = scopes;
        _logger = logger;
    }

    public Task StartAsync(CancellationToken ct) => _processor.StartProcessingAsync(ct);

    public Task StopAsync(CancellationToken ct) => _processor.StopProcessingAsync(ct);

    private async Task OnMessageAsync(ProcessMessageEventArgs args)
    {
        try
        {
            var receipt = args.Message.Body.ToObjectFromJson<GoodsReceipt>(JsonSerializerOptions.Web)
                ?? throw new JsonException("empty goods receipt");
            await using var scope = _scopes.CreateAsyncScope();
            var stock = scope.ServiceProvider.GetRequiredService<IStockBooking>();
            await stock.BookOnceAsync(args.Message.MessageId, receipt, args.CancellationToken);
        }
        catch (Exception ex)
        {
            _logger.LogError(ex, "goods receipt {MessageId} failed", args.Message.MessageId);
        }
        finally
        {
            await args.CompleteMessageAsync(args.Message, args.CancellationToken);
        }
    }
}
