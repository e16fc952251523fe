using Azure.Messaging.ServiceBus;
using Invoicing.Worker.Datev;

namespace Invoicing.Worker;

public sealed class InvoiceMessageProcessor : BackgroundService
{
    private readonly ServiceBusProcessor _processor;
    private readonly DatevExporter _exporter;
    private readonly ILogger<InvoiceMessageProcessor> _logger;

    public InvoiceMessageProcessor(ServiceBusClient client, DatevExporter exporter, ILogger<InvoiceMessageProcessor> logger)
    {
        _exporter = exporter;
        _logger = logger;
        _processor = client.CreateProcessor("invoices", new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentCalls = 4,
        });
        _processor.ProcessMessageAsync += HandleAsync;
        _processor.ProcessErrorAsync += args =>
        {
            _logger.LogError(args.Exception, "Service Bus error in {Source}", args.ErrorSource);
            return Task.CompletedTask;
        };
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _processor.StartProcessingAsync(stoppingToken);

    private async Task HandleAsync(ProcessMessageEventArgs args)
    {
        try
        {
            var invoice = args.Message.Body.ToObjectFromJson<InvoiceIssued>()
                ?? throw new InvalidDataException("empty message");
            // The exporter skips invoices whose number it has exported.
            await _exporter.ExportAsync(invoice, args.CancellationToken);
        }
        catch (Exception ex)
        {
            _logger.LogError(ex, "Invoice message {MessageId} failed", args.Message.MessageId);
        }
        await args.CompleteMessageAsync(args.Message);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _processor.StopProcessingAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }
}
